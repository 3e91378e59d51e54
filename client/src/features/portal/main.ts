import { createApp } from 'vue';
import '../../shared/styles/tokens.css';
import '../../shared/citizen/citizen.css';
import { applyElderMode } from '../../shared/citizen/elder';
import PortalApp from './PortalApp.vue';

applyElderMode();
createApp(PortalApp).mount('#portal');
